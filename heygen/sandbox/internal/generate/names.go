package main

import "strings"

// nameSet is the first names of one script, and languages spoken by people with such names. They are common first names
// without surnames: the catalogue names no real person.
type nameSet struct {
	women, men string
	languages  []string
}

// nameSets cover what a client has to sort, search and render: accents, scripts without case, scripts without spaces, and
// scripts written from right to left.
var nameSets = []nameSet{
	{ // plain ASCII
		languages: []string{"English", "English", "English", "English", "English", "Spanish", "German", "French", "Italian", "Dutch", "Swedish"},
		women: `Abigail Ada Adela Agnes Aisha Alba Alice Alina Alma Amara Amelia Amina Anita Anouk Antonia April Ariel
			Astrid Audrey Aurora Ava Beatrice Bella Bianca Bonnie Bridget Camila Carla Carmen Cecilia Celeste Celia Chloe
			Clara Claudia Cora Daisy Dahlia Daphne Delia Diana Dora Edith Elena Elisa Ella Eloise Elsa Emilia Emma Enid
			Erica Esther Eva Evelyn Faith Fatima Felicia Fiona Flora Freya Gemma Gina Gloria Grace Greta Hana Hannah
			Harriet Hazel Heidi Helena Hilda Ida Imani Ines Ingrid Irene Iris Isabel Ivy Jana Jasmine Joan Johanna Josephine
			Judith Julia June Karin Katya Keira Kiana Lara Laura Layla Leila Lena Leona Lidia Lila Lily Linnea Livia Lola
			Lorena Lotte Lucia Lucy Luna Lydia Mabel Maeve Maia Malaika Mara Margot Maria Marina Marta Matilda Maya Mia Mila
			Mina Miriam Mona Nadia Naomi Nella Nia Nina Noemi Nora Odette Olive Olivia Opal Paloma Petra Phoebe Pilar Poppy
			Priya Rachel Ramona Rania Rita Robin Romy Rosa Rosalind Ruby Ruth Sabine Sadie Salma Sara Selma Serena Sigrid
			Silvia Simone Sofia Stella Sylvia Tabitha Talia Tamara Tessa Thea Tilda Trudy Uma Ursula Valentina Vera Viola
			Vivian Wanda Willa Xenia Yara Yasmin Yvette Zahra Zara Zelda Zora`,
		men: `Aaron Abel Adam Adrian Ahmed Albert Aldo Alec Alfred Ali Amadou Amir Anders Andre Angus Anton Archie Arlo
			Arthur Asher August Axel Basil Ben Bernard Boris Bram Bruno Caleb Callum Carlos Casper Cedric Chad Clement Conor
			Cyril Damian Daniel Dario David Dean Declan Dennis Diego Dmitri Dominic Duncan Edgar Edmund Edwin Eli Elias
			Emil Enzo Eric Ernest Ethan Ezra Fabian Felix Ferdinand Finn Florian Floyd Francis Frank Fritz Gabriel Gareth
			George Gideon Giles Gordon Graham Gus Hamza Hans Harold Harry Hassan Hector Henry Herman Hugo Ian Ibrahim Idris
			Igor Isaac Ivan Jack Jacob Jasper Javier Joel Jonas Jorge Joseph Julian Kamal Karl Keanan Kenji Klaus Kofi
			Konrad Lars Laszlo Leo Leon Leopold Levi Liam Lionel Logan Lorenzo Louis Luca Lucas Ludwig Magnus Malik Marco
			Marcus Mario Martin Mateo Matthias Max Miguel Milan Miles Milo Mohan Moses Nathan Neil Niko Noah Noel Oliver
			Omar Orlando Oscar Otis Otto Owen Pablo Pascal Patrick Paul Pedro Percy Peter Philip Pietro Quentin Rafael Raj
			Ralph Rashid Reed Remy Rex Roland Roman Rory Rufus Rupert Samir Samuel Santiago Sebastian Seth Silas Simon
			Stefan Sven Tariq Theo Thomas Timon Tobias Tomas Tyrone Ulrich Umberto Victor Vikram Vincent Wade Walter Wesley
			Wilhelm Xavier Yannick Yusuf Zane`,
	},
	{ // Latin with accents
		languages: []string{"French", "German", "Spanish", "Portuguese", "Turkish", "Polish", "Czech", "Hungarian", "Vietnamese", "Icelandic"},
		women: `Zoë Chloé Éloïse Anaïs Inès Maëlle Noémie Léa Aurélie Thérèse Hélène Amélie Françoise Núria Lucía Sofía
			Begoña Íris Mónica Joséphine Jürgine Käthe Mädina Güneş Ayşe Şule Özlem Zsófia Boglárka Gréta Žaneta Růžena
			Šárka Łucja Małgorzata Živa Åse Sólveig Þóra Bjørg Mārīte Agnė Mỹ Linh Ngọc Thảo`,
		men: `René Jérôme François Loïc Gaël Théo Benoît Raphaël André Mário João Estêvão Íñigo Ramón Ángel Matías Andrés
			Jürgen Jörg Günther Björn Håkon Søren Åke Þór Çağlar Ömer Uğur Gökhan László Gergő Zoltán Jiří Ondřej Řehoř
			Łukasz Paweł Michał Đorđe Siniša Žiga Jānis Tõnu Đức Hoàng Tuấn`,
	},
	{ // Chinese
		languages: []string{"Chinese"},
		women:     `雅婷 思涵 梓萱 欣怡 诗涵 佳琪 雨桐 晓梅 静怡 美玲 嘉欣 慧敏 若曦 芷晴 婉清`,
		men:       `浩然 子轩 俊杰 宇航 志强 建国 明哲 天佑 文博 伟 家豪 承恩 睿 晨曦 国栋`,
	},
	{ // Japanese
		languages: []string{"Japanese"},
		women:     `さくら 陽菜 美咲 結衣 葵 凛 あかり 千尋 花音 七海 ユミ 楓 真由美 ひまり 琴音`,
		men:       `蓮 大翔 悠真 湊 樹 陽太 健太 たける 翔太 一郎 ハルト 海斗 直樹 颯太 隼人`,
	},
	{ // Arabic, Persian and Urdu: right to left
		languages: []string{"Arabic", "Arabic", "Persian", "Urdu"},
		women:     `فاطمة ليلى نور ياسمين مريم سلمى هدى رانيا شهرزاد پریسا نرگس گلناز زینب أسماء دانة`,
		men:       `أحمد خالد يوسف عمر طارق سمير إبراهيم حسن زياد کوروش بهرام آرش عمران بلال فيصل`,
	},
	{ // Hebrew: right to left
		languages: []string{"Hebrew"},
		women:     `נועה תמר שירה יעל מאיה אביגיל רות הדס ליאור טליה`,
		men:       `איתן נועם יונתן אריאל דוד עומר גיל אסף מתן רועי`,
	},
	{ // Korean
		languages: []string{"Korean"},
		women:     `서연 지우 하은 민서 수아 유진 예린 다은 보라 은지`,
		men:       `민준 도윤 시우 준호 지훈 현우 태양 성민 동현 건우`,
	},
	{ // Cyrillic
		languages: []string{"Ukrainian", "Russian", "Bulgarian", "Kazakh"},
		women:     `Анастасія Мила Оксана Соломія Ярослава Дарья Катерина Ольга Радка Милица Аружан Жанна`,
		men:       `Богдан Тарас Мирослав Андрей Юрий Илья Стоян Драган Нурлан Ерлан Фёдор Остап`,
	},
	{ // Greek
		languages: []string{"Greek"},
		women:     `Ελένη Σοφία Άννα Δήμητρα Καλλιόπη Ζωή Δάφνη`,
		men:       `Γιώργος Νίκος Αλέξης Στέλιος Πάνος Ηλίας Μάνος`,
	},
	{ // scripts whose first letter is more than one code point, or without spaces between words
		languages: []string{"Hindi", "Bengali", "Tamil", "Thai", "Multilingual"},
		women:     `अनन्या प्रिया श्रेया किरण ঐশী মিতালী மீனா யாழினி สุดา มาลี ნინო თამარ Անի Նարե ሰላም`,
		men:       `अर्जुन रोहन विवेक कृष्ण অরূপ তপন முருகன் கவின் สมชาย ธนา გიორგი ლევან Արամ Տիգրան ዳዊት`,
	},
}

// characterNames turn a first name into a character, so that some names have several words, a period, a hyphen or brackets.
var characterNames = []string{
	"Chef %s", "Dr. %s", "Coach %s", "Captain %s", "Professor %s", "%s (Upper Body)", "%s, Barista", "%s the Gardener",
	"%s – News Desk", "Nurse %s", "%s & Friends", "DJ %s", "Pilot %s", "%s in Motion", "%s's Workshop",
}

// repeatedNames are twelve names of two groups each: a name is not an identity.
var repeatedNames = []string{"Abigail", "Leo", "Zoë", "さくら", "Maya", "نور", "Adam", "Grace", "浩然", "Otto", "Ivy", "Felix"}

type person struct {
	name      string
	woman     bool
	languages []string // the languages of its nameSet
}

func people() []person {
	var all []person
	for _, t := range nameSets {
		for name := range strings.FieldsSeq(t.women) {
			all = append(all, person{name, true, t.languages})
		}
		for name := range strings.FieldsSeq(t.men) {
			all = append(all, person{name, false, t.languages})
		}
	}
	return all
}
